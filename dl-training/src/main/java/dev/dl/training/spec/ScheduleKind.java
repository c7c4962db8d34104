package dev.dl.training.spec;

/** The learning-rate schedules, by the names that configurations use. */
public enum ScheduleKind {
  CONSTANT,
  STEP,
  COSINE,
  ONE_CYCLE,
  PLATEAU
}
