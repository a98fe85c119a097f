package io.voronka.jobs.executeactions.transport.address;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The addresses of a host; in production the system's resolver. May take seconds. */
@FunctionalInterface
public interface Lookup {
  InetAddress[] addresses(String host) throws UnknownHostException;
}
