package io.memkind;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a class, and says so, on a kernel without MPOL_WEIGHTED_INTERLEAVE. */
final class NeedsWeights implements ExecutionCondition {
    private static final Path DIRECTORY = Path.of("/sys/kernel/mm/mempolicy/weighted_interleave");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Files.isDirectory(DIRECTORY)) {
            return ConditionEvaluationResult.enabled("the kernel interleaves by weights");
        }
        String reason = "this kernel does not interleave by weights: it has no " + DIRECTORY;
        System.out.println(context.getDisplayName() + " is skipped: " + reason);
        return ConditionEvaluationResult.disabled(reason);
    }
}
