/** Reading the control topics: as a thread with a callback for services, as a stream for jobs. */
package io.voronka.connectors.kafka.control;
