package dev.carillon.standalone.compose;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What makes pods: a Deployment or a StatefulSet. What is missing is empty. */
record Workload(
        String name,
        Map<String, String> selector,
        Map<String, String> labels,
        PodSpec pod,
        List<PersistentVolumeClaim> claims) {

    static Stream<Workload> in(Manifests manifests) {
        return Stream.concat(
                manifests.of(Deployment.class).map(Workload::of),
                manifests.of(StatefulSet.class).map(Workload::of));
    }

    private static Workload of(Deployment deployment) {
        DeploymentSpec spec = Objects.requireNonNullElseGet(deployment.getSpec(), DeploymentSpec::new);
        return of(Manifests.name(deployment), spec.getSelector(), spec.getTemplate(), List.of());
    }

    private static Workload of(StatefulSet set) {
        StatefulSetSpec spec = Objects.requireNonNullElseGet(set.getSpec(), StatefulSetSpec::new);
        return of(Manifests.name(set), spec.getSelector(), spec.getTemplate(), spec.getVolumeClaimTemplates());
    }

    private static Workload of(
            String name,
            @Nullable LabelSelector selector,
            @Nullable PodTemplateSpec template,
            List<PersistentVolumeClaim> claims) {
        PodTemplateSpec pods = Objects.requireNonNullElseGet(template, PodTemplateSpec::new);
        Map<String, String> labels =
                pods.getMetadata() == null ? Map.of() : pods.getMetadata().getLabels();
        PodSpec pod = Objects.requireNonNullElseGet(pods.getSpec(), PodSpec::new);
        return new Workload(name, matchLabels(selector), labels, pod, claims);
    }

    /** Empty where there is none, which would select everything. */
    static Map<String, String> matchLabels(@Nullable LabelSelector selector) {
        return selector == null ? Map.of() : selector.getMatchLabels();
    }

    boolean isSelectedBy(Map<String, String> wanted) {
        return !wanted.isEmpty() && labels.entrySet().containsAll(wanted.entrySet());
    }

    boolean hasPort(IntOrString port) {
        return pod.getContainers().stream().anyMatch(container -> hasPort(container, port));
    }

    static boolean hasPort(Container container, IntOrString port) {
        for (ContainerPort one : container.getPorts()) {
            if (Objects.equals(one.getName(), port.getValue())
                    || Objects.equals(one.getContainerPort(), port.getValue())) {
                return true;
            }
        }
        return false;
    }
}
