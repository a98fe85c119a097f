/**
 * The story that the demo plays through the front door of a running stack, and the books that say
 * whether every effect that was expected, and no other, is there. Read {@code Demo} first.
 */
package io.voronka.infra.local.demo;
