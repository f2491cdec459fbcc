package dev.carillon.standalone.compose;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeResourceRequirements;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a cluster would refuse of a workload, or would wait for in vain, beside what its types say. */
final class WorkloadFlaws {
    private static final Set<String> ACCESS =
            Set.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod");

    private final Workload workload;
    private final Flaws flaws;

    WorkloadFlaws(Workload workload, Flaws flaws) {
        this.workload = workload;
        this.flaws = flaws;
    }

    void find() {
        PodSpec pod = workload.pod();
        flaws.unless(!workload.selector().isEmpty(), workload.name(), "selects nothing");
        flaws.unless(
                workload.isSelectedBy(workload.selector()),
                workload.name(),
                "does not select its own pods: " + workload.selector());
        flaws.unless(!pod.getContainers().isEmpty(), workload.name(), "has no container");
        flaws.unlessUnique(
                pod.getContainers().stream()
                        .map(container -> container.getName())
                        .toList(),
                workload.name());
        pod.getContainers().forEach(container -> new ContainerFlaws(workload.name(), container, flaws).find());
        volumes(pod);
        workload.claims().forEach(this::claim);
    }

    private void volumes(PodSpec pod) {
        List<String> volumes = Stream.concat(
                        pod.getVolumes().stream().map(Volume::getName),
                        workload.claims().stream().map(Manifests::name))
                .toList();
        volumes.forEach(volume -> flaws.unlessLabel(volume, workload.name()));
        flaws.unlessUnique(volumes, workload.name());
        Set<String> mounted = pod.getContainers().stream()
                .flatMap(container -> container.getVolumeMounts().stream())
                .map(VolumeMount::getName)
                .collect(Collectors.toSet());
        mounted.forEach(volume -> flaws.unless(
                volumes.contains(volume), workload.name(), "mounts the volume " + volume + ", which is not there"));
        volumes.forEach(volume ->
                flaws.unless(mounted.contains(volume), workload.name(), "does not mount its volume " + volume));
    }

    private void claim(PersistentVolumeClaim claim) {
        String where = workload.name() + ", " + Manifests.name(claim);
        List<String> access =
                claim.getSpec() == null ? List.of() : claim.getSpec().getAccessModes();
        flaws.unless(!access.isEmpty() && ACCESS.containsAll(access), where, "cannot be accessed so: " + access);
        VolumeResourceRequirements resources =
                claim.getSpec() == null ? null : claim.getSpec().getResources();
        Map<String, Quantity> requests = resources == null ? Map.of() : resources.getRequests();
        BigDecimal storage = amount(requests.get("storage"));
        flaws.unless(storage != null && storage.signum() > 0, where, "is of no size: " + requests.get("storage"));
    }

    /** Null where it is none. */
    static @Nullable BigDecimal amount(@Nullable Quantity quantity) {
        try {
            return quantity == null ? null : quantity.getNumericalAmount();
        } catch (IllegalArgumentException | ArithmeticException e) {
            return null;
        }
    }
}
