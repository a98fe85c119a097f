/** The admin API: set the scene, play people, pull switches, read the books. */
package io.voronka.infra.sandbox.admin;
