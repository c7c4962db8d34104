package example;

import dev.dl.models.Model;
import dev.dl.models.ModelProvider;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.ImageInput;
import java.util.List;

/** The models of this plugin, one line each. */
public final class ExampleModels implements ModelProvider {
  private static final Input COLOUR_32 = ImageInput.of(3, 32, 32);
  private static final Head TEN = Head.classes(10);

  @Override
  public List<Model> models() {
    return List.of(
        model("my-nin", new NetworkInNetwork(192)), model("my-nin-small", new NetworkInNetwork(24)));
  }

  private static Model model(String name, NetworkInNetwork architecture) {
    return new Model(
        name, "NiN", NetworkInNetwork.PAPER, COLOUR_32, TEN, architecture);
  }
}
