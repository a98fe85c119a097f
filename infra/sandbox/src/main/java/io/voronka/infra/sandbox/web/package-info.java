/**
 * The HTTP edge shared by every simulated vendor: requests in, replies out, routes in between.
 * Knows nothing of any vendor.
 */
package io.voronka.infra.sandbox.web;
