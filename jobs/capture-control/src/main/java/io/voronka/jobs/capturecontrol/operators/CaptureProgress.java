package io.voronka.jobs.capturecontrol.operators;

/**
 * State: how far a capture run is. Public and flat; missing fields read as null, 0 and false, which
 * is no submission, so a new run begins.
 *
 * @param submission the submission whose run it is; state of another submission is not used
 * @param following whether everything that was there at first has been read
 */
public record CaptureProgress(String submission, long generation, boolean following) {}
