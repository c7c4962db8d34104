package dev.dl.training.loop;

import dev.dl.core.backend.Worker;
import dev.dl.core.data.Batch;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.LossResult;
import dev.dl.models.network.Network;
import dev.dl.training.loop.Replica.Gradient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The gradient of a batch from several devices, a share of it from each. Weights go out to them
 * before each step, and gradients come back, through memory of the host; they are added up in the
 * order of the samples, so that results do not depend on which device is faster.
 */
final class Replicas {
  private final Replica first;
  private final Function<Batch, float[]> targets;
  private final List<Remote> others;

  /**
   * @param network on the calling thread, which decides what the weights are
   * @param targets of a batch; asked for on the calling thread alone
   */
  Replicas(Network network, Function<Batch, float[]> targets, List<Worker> workers) {
    this.first = new Replica(network, targets);
    this.targets = targets;
    this.others = workers.stream().map(worker -> Remote.of(worker, network)).toList();
  }

  /** What every replica begins a step with. */
  private record Weights(float[] parameters, float[] buffers) {

    static Weights of(Network network) {
      return new Weights(
          DenseArrays.read(network.parameters()), DenseArrays.read(network.buffers()));
    }

    void putInto(Network network) {
      DenseArrays.write(parameters, network.parameters());
      DenseArrays.write(buffers, network.buffers());
    }
  }

  /** What a device found. */
  private record Answer(LossResult loss, float[] gradient, float[] buffers) {}

  /** A replica on the thread of its worker. */
  private record Remote(Worker worker, Replica replica) {

    static Remote of(Worker worker, Network original) {
      return new Remote(
          worker,
          worker.get(
              worker.submit(() -> new Replica(original.on(worker.kernels()), Batch::targets))));
    }

    Asked ask(Weights weights, Batch share, long step, int firstSample, int atOnce) {
      Network network = replica.network();
      return new Asked(
          worker,
          worker.submit(
              () -> {
                weights.putInto(network);
                Gradient found = replica.gradient(share, step, firstSample, atOnce);
                return new Answer(
                    found.loss().fetched(),
                    DenseArrays.read(found.sum()),
                    DenseArrays.read(network.buffers()));
              }));
    }
  }

  /** An answer that is still to come. */
  private record Asked(Worker worker, Future<Answer> coming) {

    Answer answer() {
      return worker.get(coming);
    }

    /** Waits for the end of the work, whatever it is. */
    void await() {
      try {
        answer();
      } catch (RuntimeException | Error failed) {
        // told by whoever wants the answer
      }
    }
  }

  /** The replica on the calling thread. */
  Replica first() {
    return first;
  }

  /** Changes all networks, each on its own thread. */
  void change(Consumer<Network> change) {
    change.accept(first.network());
    for (Remote other : others) {
      Future<?> done =
          other.worker.submit(
              () -> {
                change.accept(other.replica.network());
                return null;
              });
      other.worker.get(done);
    }
  }

  /** The largest share that a device has of a batch. */
  int share(int batchSize) {
    return end(0, batchSize);
  }

  /** Where the share of a device ends; those before it have as many samples, or one more. */
  private int end(int device, int batchSize) {
    int devices = others.size() + 1;
    return (device + 1) * (batchSize / devices) + Math.min(device + 1, batchSize % devices);
  }

  /**
   * The gradient of a batch. The buffers of the network on the calling thread become the mean of
   * what the devices made of them.
   *
   * @param atOnce samples of one pass
   */
  Gradient gradient(Batch batch, long step, int atOnce) {
    if (others.isEmpty() || batch.size() == 1) {
      return first.gradient(batch, step, 0, atOnce);
    }
    Weights weights = Weights.of(first.network());
    List<Asked> asked = new ArrayList<>();
    int start = share(batch.size());
    for (int i = 0; i < others.size() && start < batch.size(); i++) {
      int end = end(i + 1, batch.size());
      Batch share = answered(batch.part(start, end), atOnce);
      asked.add(others.get(i).ask(weights, share, step, start, atOnce));
      start = end;
    }
    Gradient own;
    try {
      own = first.gradient(batch.part(0, share(batch.size())), step, 0, atOnce);
    } finally {
      asked.forEach(Asked::await);
    }
    return sum(own, asked.stream().map(Asked::answer).toList());
  }

  /** Samples with targets as the loss has them, which only this thread may find out. */
  private Batch answered(Batch share, int atOnce) {
    float[] wanted = new float[0];
    for (int start = 0; start < share.size(); start += atOnce) {
      int end = Math.min(share.size(), start + atOnce);
      float[] part = targets.apply(share.part(start, end));
      wanted = start == 0 ? new float[part.length / end * share.size()] : wanted;
      System.arraycopy(part, 0, wanted, start * (wanted.length / share.size()), part.length);
    }
    return new Batch(share.inputs(), wanted, share.samples(), share.inputsOfSample());
  }

  private Gradient sum(Gradient own, List<Answer> answers) {
    LossResult loss = own.loss().fetched();
    float[] gradient = DenseArrays.read(own.sum());
    float[] buffers = DenseArrays.read(first.network().buffers());
    for (Answer answer : answers) {
      loss = loss.plus(answer.loss);
      add(answer.gradient, gradient);
      add(answer.buffers, buffers);
    }
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] /= answers.size() + 1;
    }
    DenseArrays.write(gradient, own.sum());
    DenseArrays.write(buffers, first.network().buffers());
    return new Gradient(loss, own.sum());
  }

  private static void add(float[] values, float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += values[i];
    }
  }
}
