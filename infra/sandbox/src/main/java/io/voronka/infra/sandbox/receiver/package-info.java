/** Generic addresses that take any request and write it down: where webhook actions point to. */
package io.voronka.infra.sandbox.receiver;
