/** The control tables, as compacted topics: wiring. Read CaptureControlPipeline first. */
package io.voronka.jobs.capturecontrol;
