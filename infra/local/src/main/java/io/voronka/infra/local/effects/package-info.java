/** What people do about requested effects, by commands on the topics. */
package io.voronka.infra.local.effects;
