package io.voronka.infra.local.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Gives a stack the one job {@link CountingJob}. */
final class CountingJobSource implements JobSource {

  private final Path jar;

  private CountingJobSource(Path jar) {
    this.jar = jar;
  }

  static CountingJobSource packedInto(Path folder) throws IOException {
    Path jar = folder.resolve("counting-job.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, CountingJob.class.getName());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (Class<?> each : List.of(CountingJob.class, CountingJob.Count.class)) {
        String name = each.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (InputStream in = each.getClassLoader().getResourceAsStream(name)) {
          in.transferTo(out);
        }
      }
    }
    return new CountingJobSource(jar);
  }

  @Override
  public JobPlan plan(String job, StackAddresses at, StackSettings settings) {
    return new JobPlan(job, List.of(), settings.parallelism(), JobPlan.Start.NEWEST_STATE);
  }

  @Override
  public Path jar(String job) {
    return jar;
  }
}
