package dev.carillon.standalone.compose;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a cluster would refuse of manifests, or what leads nowhere: each by its types, and all of them by one another. */
final class ManifestFlaws {
    private static final Pattern LABEL = Pattern.compile("([A-Za-z0-9]([\\w.-]{0,61}[A-Za-z0-9])?)?");

    private final Manifests manifests;
    private final List<Workload> workloads;
    private final Flaws flaws = new Flaws();

    private ManifestFlaws(Manifests manifests) {
        this.manifests = manifests;
        this.workloads = Workload.in(manifests).toList();
    }

    /** As sentences; empty where there are none. */
    static List<String> of(String rendered) {
        try {
            return new ManifestFlaws(Manifests.read(rendered)).find();
        } catch (Manifests.Unreadable e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private List<String> find() {
        manifests.all().forEach(this::named);
        flaws.unlessUnique(
                manifests.all().stream()
                        .map(one -> one.getClass().getSimpleName() + " " + Manifests.name(one))
                        .toList(),
                "all");
        for (Workload workload : workloads) {
            new WorkloadFlaws(workload, flaws).find();
            onlyOne(workload.name(), workload.selector());
        }
        manifests.of(StatefulSet.class).forEach(this::governed);
        manifests.of(Service.class).forEach(this::service);
        manifests.of(PodDisruptionBudget.class).forEach(this::budget);
        manifests.of(Ingress.class).forEach(ingress -> new IngressFlaws(ingress, manifests, flaws).find());
        manifests.of(ScaledObject.class).forEach(this::scaled);
        return flaws.all();
    }

    private void named(Object manifest) {
        flaws.unlessLabel(Manifests.name(manifest), manifest.getClass().getSimpleName());
        ObjectMeta metadata = Manifests.metadata(manifest);
        Map<String, String> labels = metadata == null ? Map.of() : metadata.getLabels();
        labels.forEach((label, value) -> flaws.unless(
                LABEL.matcher(value).matches(), Manifests.name(manifest), "is no value of " + label + ": " + value));
    }

    private void onlyOne(String where, Map<String, String> selector) {
        flaws.unless(selected(selector).count() == 1, where, "does not select the pods of one workload: " + selector);
    }

    private Stream<Workload> selected(Map<String, String> selector) {
        return workloads.stream().filter(workload -> workload.isSelectedBy(selector));
    }

    /** Its pods are named by a service that has no address of its own. */
    private void governed(StatefulSet set) {
        String name = set.getSpec() == null ? null : set.getSpec().getServiceName();
        flaws.unless(
                manifests
                        .of(Service.class)
                        .anyMatch(service -> Manifests.name(service).equals(name)
                                && "None".equals(spec(service).getClusterIP())),
                Manifests.name(set),
                "is not named by a headless service: " + name);
    }

    private static ServiceSpec spec(Service service) {
        return Objects.requireNonNullElseGet(service.getSpec(), ServiceSpec::new);
    }

    private void service(Service service) {
        String where = "Service " + Manifests.name(service);
        ServiceSpec spec = spec(service);
        onlyOne(where, spec.getSelector());
        flaws.unless(!spec.getPorts().isEmpty(), where, "has no port");
        flaws.unlessUnique(spec.getPorts().stream().map(ServicePort::getName).toList(), where);
        for (ServicePort port : spec.getPorts()) {
            Integer number = port.getPort();
            flaws.unless(number != null && number > 0 && number < 65_536, where, "is no port: " + number);
            flaws.unless(
                    port.getTargetPort() != null
                            && selected(spec.getSelector()).allMatch(pods -> pods.hasPort(port.getTargetPort())),
                    where,
                    "leads to a port that its pods do not have: " + port.getTargetPort());
        }
    }

    private void budget(PodDisruptionBudget budget) {
        String where = "PodDisruptionBudget " + Manifests.name(budget);
        PodDisruptionBudgetSpec spec = Objects.requireNonNullElseGet(budget.getSpec(), PodDisruptionBudgetSpec::new);
        onlyOne(where, Workload.matchLabels(spec.getSelector()));
        flaws.unless(
                (spec.getMaxUnavailable() == null) != (spec.getMinAvailable() == null),
                where,
                "says not, or twice, how many may be away");
    }

    private void scaled(ScaledObject scaled) {
        String where = "ScaledObject " + Manifests.name(scaled);
        ScaledObject.Spec spec = scaled.spec();
        if (spec == null || spec.scaleTargetRef() == null || spec.triggers() == null) {
            flaws.unless(false, where, "has no target or no trigger");
            return;
        }
        String target = spec.scaleTargetRef().name();
        flaws.unless(
                manifests
                        .of(Deployment.class)
                        .anyMatch(one -> Manifests.name(one).equals(target)
                                && one.getSpec().getReplicas() == null),
                where,
                "scales no deployment that leaves its number open: " + target);
        Integer least = spec.minReplicaCount();
        Integer most = spec.maxReplicaCount();
        flaws.unless(
                least != null && most != null && least > 0 && least <= most,
                where,
                "is not between: " + least + " and " + most);
        flaws.unless(!spec.triggers().isEmpty(), where, "has no trigger");
        spec.triggers().forEach(trigger -> new TriggerFlaws(where, target, trigger, manifests, flaws).find());
    }
}
