package dev.dl.cli.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.LossResult;
import dev.dl.core.kernel.update.JavaUpdateKernels;
import java.io.ObjectInputStream;
import java.net.URLClassLoader;
import org.deeplearning4j.util.CrashReportingUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

class ArchitectureTest {
  private static JavaClasses classes;

  @BeforeAll
  static void readClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.dl");
  }

  /** A rule over no classes holds: so first, they were seen. */
  @ParameterizedTest
  @CsvSource({"core, 80", "models, 30", "training, 15", "cli, 25"})
  void seesTheClassesOfEveryModule(String module, int atLeast) {
    assertThat(
            classes.stream().filter(seen -> seen.getPackageName().startsWith("dev.dl." + module)))
        .hasSizeGreaterThan(atLeast);
  }

  @Test
  void modulesDependOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("cli")
        .definedBy("dev.dl.cli..")
        .layer("training")
        .definedBy("dev.dl.training..")
        .layer("models")
        .definedBy("dev.dl.models..")
        .layer("core")
        .definedBy("dev.dl.core..")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("training")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("models")
        .mayOnlyBeAccessedByLayers("training", "cli")
        .check(classes);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("dev.dl.(**)")
        .should()
        .beFreeOfCycles()
        // The catalogue names the architectures that implement its own package's interface.
        .check(classes);
  }

  @Test
  void whatAnswersAtOnceDoesNotLoadNd4j() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.dl.core.config..",
            "dev.dl.core.data..",
            "dev.dl.core.metric..",
            "dev.dl.core.tensorfile..",
            "dev.dl.core.pickle..",
            "dev.dl.core.run..",
            "dev.dl.training.spec..",
            "dev.dl.training.report..",
            "dev.dl.cli.watch..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "org.bytedeco..")
        .check(classes);
  }

  @Test
  void coreKnowsNoDeeplearning4j() {
    noClasses()
        .that()
        .resideInAPackage("dev.dl.core..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.deeplearning4j..")
        .check(classes);
  }

  /** With CUDA, the memory of the host is not where arrays are: their addresses mean nothing. */
  @Test
  void onlyKernelsOfTheCpuTakeAddressesOfArrays() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.dl.core.kernel.onednn..", "dev.dl.core.kernel.winograd..")
        .and()
        .doNotBelongToAnyOf(DenseArrays.class, JavaUpdateKernels.class)
        .and()
        .doNotHaveFullyQualifiedName("dev.dl.core.kernel.update.VectorUpdateKernels")
        .should()
        .accessTargetWhere(
            target(owner(type(DenseArrays.class)))
                .and(target(nameMatching("address|buffer|bits|bytes"))))
        .orShould()
        .accessTargetWhere(
            target(owner(assignableTo(DataBuffer.class)))
                .and(target(nameMatching("address|addressPointer|pointer|asNio.*"))))
        .check(classes);
  }

  /**
   * A GPU has nothing to do while its results are fetched. What a network trains with computes
   * there; only the figures of an update are asked for, and ids before anything is computed.
   */
  @Test
  void whatTrainsFetchesNothingFromTheDevice() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.dl.core.kernel",
            "dev.dl.core.kernel.nd4j..",
            "dev.dl.core.kernel.update..",
            "dev.dl.models.graph..",
            "dev.dl.models.layer..")
        .and()
        .haveNameNotMatching(
            ".*\\.(LossResult|Nd4jUpdateKernels" // the figures
                + "|Ids" // of the input
                + "|CarriedState|KeyValueCache" // of text that is generated
                + "|DenseArrays|Layout)(\\$.*)?") // for those who ask
        .should()
        .accessTargetWhere(
            target(owner(type(DenseArrays.class))).and(target(nameMatching("read|isFinite"))))
        .orShould()
        .accessTargetWhere(
            target(owner(assignableTo(INDArray.class)))
                .and(
                    target(
                        nameMatching(
                            "get(Double|Float|Int|Long|Number|String.*)|putScalar|element|data"
                                + "|to(Double|Float|Int|Long)(Vector|Matrix)|.*Number"))))
        .check(classes);
  }

  /** ND4J's own sums add to one float, and of thousands of nearly equal values few digits stay. */
  @Test
  void nd4jSumsInStepsOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.dl.core.kernel.nd4j..")
        .and()
        .doNotHaveSimpleName("Nd4jSums")
        .should()
        .accessTargetWhere(
            target(owner(assignableTo(INDArray.class)))
                .and(target(nameMatching("sum|mean|var|std|norm[12]|cumsum.*"))))
        .check(classes);
  }

  /** Once all of its work is under way; devices that share a batch, and a diagnosis, as well. */
  @Test
  void onlyAnUpdateAsksForItsFigures() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.dl.core.kernel..")
        .and()
        .haveNameNotMatching(
            "dev\\.dl\\.training\\.loop\\.(Learner|Replicas|GradientPasses)(\\$.*)?")
        .should()
        .accessTargetWhere(
            target(owner(type(LossResult.class)))
                .and(target(nameMatching("sum|correct|counted|fetched"))))
        .check(classes);
  }

  @Test
  void onlyTheCommandLinePrintsAndExits() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.dl.cli..")
        .should(ACCESS_STANDARD_STREAMS)
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(classes);
  }

  @Test
  void nothingDeserializesJavaObjects() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInputStream.class)
        .check(classes);
  }

  /**
   * What is shaded into ND4J is old and cannot be replaced, and its own readers build Java objects:
   * nothing that comes from outside may get there.
   */
  @Test
  void nothingIsReadByNd4j() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "org.nd4j.shade..",
                    "org.nd4j.serde..",
                    "org.nd4j.autodiff..",
                    "org.nd4j.imports..",
                    "org.nd4j.common.io..",
                    "org.nd4j.common.util..",
                    "org.nd4j.common.resources..",
                    "org.deeplearning4j.util..")
                .and(not(type(CrashReportingUtil.class)))) // to switch its dumps off
        .orShould()
        .callMethodWhere(describe("a reader or writer of Nd4j", ArchitectureTest::isAReaderOfNd4j))
        .check(classes);
  }

  private static boolean isAReaderOfNd4j(JavaMethodCall call) {
    return call.getTargetOwner().getName().equals("org.nd4j.linalg.factory.Nd4j")
        && call.getName()
            .matches("(?i)(read|write|save|load|createFromNpy|createFromNpz|fromByte).*");
  }

  /** What people watch runs with; nothing else opens a port. */
  @Test
  void onlyWatchListens() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.dl.cli.watch..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.net.httpserver..")
        .check(classes);
  }

  /** Data that somebody asks for is fetched by these two; a page opens no connection. */
  @Test
  void onlyDownloadsReachTheNetwork() {
    noClasses()
        .that()
        .haveNameNotMatching("dev\\.dl\\.core\\.data\\.(Download|HttpFile)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.net.http..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.net\\..*(Socket|Connection)|java\\.nio\\.channels\\..*Socket.*")
        .check(classes);
  }

  /**
   * Clocks jump: durations are monotonic, and what comes first is told by steps. The time is
   * written down for people, and for whether a cell moves.
   */
  @Test
  void nothingThatIsTrainedFollowsTheClock() {
    noClasses()
        .that()
        .haveNameNotMatching("dev\\.dl\\.training\\.(RunProvenance|tensorboard\\.EventLog)")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethodWhere(
            target(owner(resideInAPackage("java.time..")))
                .and(target(nameMatching("now|system.*|tick.*"))))
        .check(classes);
  }

  /** Plugins alone bring classes, jars that a user names; no file that is read names one. */
  @Test
  void noFileNamesAClass() {
    noClasses()
        .that()
        .haveNameNotMatching(
            "dev\\.dl\\.(models\\.PluginLoader|core\\.backend\\.CpuOnlyClassLoader)(\\$.*)?")
        .should()
        .callMethod(Class.class, "forName", String.class)
        .orShould()
        .callMethod(Class.class, "forName", String.class, boolean.class, ClassLoader.class)
        .orShould()
        .callMethod(ClassLoader.class, "loadClass", String.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(URLClassLoader.class)
        .check(classes);
  }

  @Test
  void packagesSayWhatTheyHold() {
    noClasses()
        .should()
        .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..manager..")
        .check(classes);
  }
}
