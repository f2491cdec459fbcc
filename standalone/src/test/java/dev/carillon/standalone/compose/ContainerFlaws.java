package dev.carillon.standalone.compose;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a cluster would refuse of a container, or would wait for in vain. */
final class ContainerFlaws {
    private static final Pattern IMAGE = Pattern.compile("[a-z0-9][a-z0-9._:/-]*:\\w[\\w.-]*");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_]\\w*");
    private static final Set<String> PULLED = Set.of("Always", "IfNotPresent", "Never");
    /** Of the downward API, what a variable may be. */
    private static final Set<String> FIELDS = Set.of(
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.podIP");

    private final String where;
    private final Container container;
    private final Flaws flaws;

    ContainerFlaws(String workload, Container container, Flaws flaws) {
        this.where = workload + ", " + container.getName();
        this.container = container;
        this.flaws = flaws;
    }

    void find() {
        flaws.unlessLabel(container.getName(), where);
        String image = container.getImage();
        flaws.unless(image != null && IMAGE.matcher(image).matches(), where, "is no image: " + image);
        String policy = container.getImagePullPolicy();
        flaws.unless(policy == null || PULLED.contains(policy), where, "is no policy: " + policy);
        ports();
        probe("startup", container.getStartupProbe());
        probe("liveness", container.getLivenessProbe());
        probe("readiness", container.getReadinessProbe());
        container.getEnv().forEach(this::variable);
        flaws.unlessUnique(container.getEnv().stream().map(EnvVar::getName).toList(), where);
        container.getEnvFrom().forEach(this::variables);
        mounts();
        resources(container.getResources());
    }

    private void ports() {
        for (ContainerPort port : container.getPorts()) {
            String name = port.getName();
            flaws.unless(name == null || (Flaws.isLabel(name) && name.length() <= 15), where, "is no port: " + name);
            Integer number = port.getContainerPort();
            flaws.unless(number != null && number > 0 && number < 65_536, where, "is no port: " + number);
        }
        flaws.unlessUnique(
                container.getPorts().stream().map(ContainerPort::getName).toList(), where);
    }

    /** All of ours ask over HTTP. */
    private void probe(String kind, @Nullable Probe probe) {
        if (probe == null || probe.getHttpGet() == null) {
            flaws.unless(false, where, "has no " + kind + " probe that asks over HTTP");
            return;
        }
        HTTPGetAction get = probe.getHttpGet();
        flaws.unless(
                get.getPort() != null && Workload.hasPort(container, get.getPort()),
                where,
                "has not the port of its " + kind + " probe: " + get.getPort());
        flaws.unless(get.getPath() != null && get.getPath().startsWith("/"), where, "is no path: " + get.getPath());
        for (Integer number : new Integer[] {probe.getPeriodSeconds(), probe.getFailureThreshold()}) {
            flaws.unless(number == null || number > 0, where, "asks never: " + number);
        }
    }

    private void variable(EnvVar variable) {
        String name = variable.getName();
        flaws.unless(name != null && VARIABLE.matcher(name).matches(), where, "is no variable: " + name);
        if (variable.getValueFrom() != null) {
            flaws.unless(variable.getValue() == null, where, name + " has two values");
            SecretKeySelector secret = variable.getValueFrom().getSecretKeyRef();
            if (secret != null) {
                flaws.unless(
                        secret.getName() != null && secret.getKey() != null, where, name + " is of no key of a secret");
                return;
            }
            String field = variable.getValueFrom().getFieldRef() == null
                    ? "(none)"
                    : variable.getValueFrom().getFieldRef().getFieldPath();
            flaws.unless(FIELDS.contains(field), where, name + " is of a field that is not there: " + field);
        }
    }

    private void variables(EnvFromSource source) {
        String secret =
                source.getSecretRef() == null ? null : source.getSecretRef().getName();
        flaws.unless(secret != null && !secret.isBlank(), where, "has variables of no secret");
    }

    private void mounts() {
        for (VolumeMount mount : container.getVolumeMounts()) {
            String path = mount.getMountPath();
            flaws.unless(path != null && path.startsWith("/"), where, "is no path: " + path);
        }
        flaws.unlessUnique(
                container.getVolumeMounts().stream()
                        .map(VolumeMount::getMountPath)
                        .toList(),
                where);
    }

    private void resources(@Nullable ResourceRequirements resources) {
        if (resources == null) {
            return;
        }
        resources.getLimits().forEach(this::quantity);
        resources.getRequests().forEach((resource, requested) -> {
            quantity(resource, requested);
            BigDecimal least = WorkloadFlaws.amount(requested);
            BigDecimal most = WorkloadFlaws.amount(limit(resources.getLimits(), resource));
            flaws.unless(
                    least == null || most == null || least.compareTo(most) <= 0,
                    where,
                    "requests more " + resource + " than its limit");
        });
    }

    private static @Nullable Quantity limit(Map<String, Quantity> limits, String resource) {
        return limits.get(resource);
    }

    private void quantity(String resource, Quantity quantity) {
        BigDecimal amount = WorkloadFlaws.amount(quantity);
        flaws.unless(amount != null && amount.signum() > 0, where, "is no quantity of " + resource + ": " + quantity);
    }
}
