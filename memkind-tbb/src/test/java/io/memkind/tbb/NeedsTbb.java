package io.memkind.tbb;

import io.memkind.tbb.os.TbbLibrary;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests, and says why, where libtbbmalloc is missing. */
public final class NeedsTbb implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<String> refusal = TbbLibrary.refusal();
        refusal.ifPresent(reason -> System.out.println(context.getDisplayName() + " is skipped: " + reason));
        return refusal.map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("libtbbmalloc is there"));
    }
}
