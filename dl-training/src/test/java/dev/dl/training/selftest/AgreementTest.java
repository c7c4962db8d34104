package dev.dl.training.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.tensorfile.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static final Map<String, Tensor> REFERENCE =
      Map.of("fc.weight", tensor(60, -80), "fc.bias", tensor(1, 0), "before", tensor(1e-6f, 0));

  @Test
  void namesTheTensorThatDiffersMostForItsLength() {
    Map<String, Tensor> tested =
        Map.of("fc.weight", tensor(61, -80), "fc.bias", tensor(1, 0.03f), "before", tensor(0, 0));
    Agreement agreement = Agreement.of("mlp", tested, REFERENCE, 0.02);

    assertThat(agreement.worst()).isEqualTo("fc.bias");
    assertThat(agreement.difference()).isEqualTo(0.03, within(1e-6));
    assertThat(agreement.tensors()).isEqualTo(3);
    assertThat(agreement.agrees()).isFalse();
    assertThat(Agreement.of("mlp", tested, REFERENCE, 0.04).agrees()).isTrue();
  }

  @Test
  void agreesWithItself() {
    Agreement agreement = Agreement.of("mlp", REFERENCE, REFERENCE, 0);

    assertThat(agreement.agrees()).isTrue();
    assertThat(agreement.difference()).isZero();
  }

  @Test
  void aNumberThatIsNoneDisagrees() {
    Map<String, Tensor> tested =
        Map.of(
            "fc.weight", tensor(Float.NaN, -80), "fc.bias", tensor(1, 0), "before", tensor(0, 0));
    Agreement agreement = Agreement.of("mlp", tested, REFERENCE, 1);

    assertThat(agreement.worst()).isEqualTo("fc.weight");
    assertThat(agreement.agrees()).isFalse();
  }

  private static Tensor tensor(float first, float second) {
    return new Tensor(List.of(2L), new float[] {first, second});
  }
}
