/** Checks Dockerfile, docker-compose.yml and the proxy's path table against the code, without a Docker engine. */
@NullMarked
package dev.carillon.standalone.compose;

import org.jspecify.annotations.NullMarked;
