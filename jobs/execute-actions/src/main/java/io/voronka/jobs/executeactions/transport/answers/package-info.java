/** What an agent answers, and how the answer gets into the talk. */
package io.voronka.jobs.executeactions.transport.answers;
