package dev.carillon.standalone.compose;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressServiceBackend;
import io.fabric8.kubernetes.api.model.networking.v1.IngressSpec;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceBackendPort;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What a cluster would refuse of an ingress, and what of it leads to no service of the chart. */
final class IngressFlaws {
    private static final Set<String> TYPES = Set.of("Exact", "Prefix", "ImplementationSpecific");

    private final String where;
    private final IngressSpec spec;
    private final Manifests manifests;
    private final Flaws flaws;

    IngressFlaws(Ingress ingress, Manifests manifests, Flaws flaws) {
        this.where = "Ingress " + Manifests.name(ingress);
        this.spec = Objects.requireNonNullElseGet(ingress.getSpec(), IngressSpec::new);
        this.manifests = manifests;
        this.flaws = flaws;
    }

    void find() {
        flaws.unless(!spec.getRules().isEmpty(), where, "has no rule");
        for (IngressRule rule : spec.getRules()) {
            String host = rule.getHost();
            flaws.unless(
                    host != null && Stream.of(host.split("\\.", -1)).allMatch(Flaws::isLabel),
                    where,
                    "is no host: " + host);
            if (rule.getHttp() == null || rule.getHttp().getPaths().isEmpty()) {
                flaws.unless(false, where, "has no path");
            } else {
                rule.getHttp().getPaths().forEach(this::path);
                flaws.unlessUnique(
                        rule.getHttp().getPaths().stream()
                                .map(HTTPIngressPath::getPath)
                                .toList(),
                        where);
            }
        }
        for (IngressTLS tls : spec.getTls()) {
            flaws.unlessLabel(tls.getSecretName(), where);
            flaws.unless(
                    spec.getRules().stream().map(IngressRule::getHost).toList().containsAll(tls.getHosts()),
                    where,
                    "has a certificate for another host: " + tls.getHosts());
        }
    }

    private void path(HTTPIngressPath path) {
        flaws.unless(TYPES.contains(path.getPathType()), where, "is no type of a path: " + path.getPathType());
        flaws.unless(path.getPath() != null && path.getPath().startsWith("/"), where, "is no path: " + path.getPath());
        IngressServiceBackend to =
                path.getBackend() == null ? null : path.getBackend().getService();
        flaws.unless(
                to != null
                        && manifests
                                .of(Service.class)
                                .filter(service -> Manifests.name(service).equals(to.getName()))
                                .anyMatch(service -> has(service, to.getPort())),
                where,
                path.getPath() + " leads to no port of a service: " + to);
    }

    private static boolean has(Service service, ServiceBackendPort port) {
        return service.getSpec().getPorts().stream()
                .anyMatch(one -> port.getName() == null
                        ? Objects.equals(one.getPort(), port.getNumber())
                        : Objects.equals(one.getName(), port.getName()));
    }
}
