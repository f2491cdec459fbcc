package dev.carillon.router.topology;

import dev.carillon.schemas.delivery.Delivery;
import java.util.List;

/**
 * A delivery and what its texts lack.
 *
 * @param warnings for its outcome
 */
record Composed(Delivery delivery, List<String> warnings) {}
