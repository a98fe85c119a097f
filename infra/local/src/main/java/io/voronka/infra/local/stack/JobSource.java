package io.voronka.infra.local.stack;

import java.nio.file.Path;

/** Where a stack gets its jobs from. */
interface JobSource {

  /** How a job shall run on this stack. */
  JobPlan plan(String job, StackAddresses at, StackSettings settings);

  /**
   * Its jar.
   *
   * @throws StackException NOT_BUILT
   */
  Path jar(String job);

  /** Our own jobs, as built in the tree. */
  static JobSource builtIn(SourceTree tree) {
    return new JobSource() {
      @Override
      public JobPlan plan(String job, StackAddresses at, StackSettings settings) {
        return JobCatalog.plan(job, at, settings);
      }

      @Override
      public Path jar(String job) {
        return tree.jar(JobCatalog.module(job), "job");
      }
    };
  }
}
