package io.voronka.infra.sandbox.client;

import io.voronka.infra.sandbox.delivery.Attempt;
import java.util.List;

/**
 * Some lines of the deliveries list.
 *
 * @param next pass it as {@code after} to read on
 * @param end the newest line on disk when the page was read
 */
public record DeliveryPage(List<Attempt> lines, long next, long end) {}
