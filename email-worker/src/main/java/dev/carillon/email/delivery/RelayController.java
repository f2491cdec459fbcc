package dev.carillon.email.delivery;

import dev.carillon.email.smtp.RelayState;
import dev.carillon.email.smtp.Relays;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows operators the relays of this process; the chain for operators guards its path. */
@RestController
@RequestMapping("/api/v1/email")
final class RelayController {
    private final Relays relays;

    RelayController(Relays relays) {
        this.relays = relays;
    }

    record Listing(List<RelayState> relays) {}

    @GetMapping("/relays")
    Listing list() {
        return new Listing(relays.states());
    }
}
