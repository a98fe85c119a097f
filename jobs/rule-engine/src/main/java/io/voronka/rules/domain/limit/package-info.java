/** What holds a rule back although its conditions are met: how often it may fire, and when. */
package io.voronka.rules.domain.limit;
