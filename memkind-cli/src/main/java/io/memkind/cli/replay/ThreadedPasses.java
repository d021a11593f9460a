package io.memkind.cli.replay;

import io.memkind.cli.replay.step.EventRunner;
import io.memkind.cli.replay.step.ReplayProgress;
import io.memkind.cli.replay.threaded.ThreadedPass;
import io.memkind.cli.replay.threaded.ThreadedProgram;
import java.util.function.LongSupplier;

/** Replays with the threads of the recorded program. */
final class ThreadedPasses implements ReplayPasses {
    private final ThreadedProgram program;
    private final EventRunner runner;
    private final ReplayProgress progress;

    ThreadedPasses(ThreadedProgram program, EventRunner runner, ReplayProgress progress) {
        this.program = program;
        this.runner = runner;
        this.progress = progress;
    }

    @Override
    public PassMeasurement measure(LongSupplier residentBytes) {
        try (ResidencySampler sampler = new ResidencySampler(residentBytes)) {
            long peakLiveBytes = ThreadedPass.measure(program, runner, progress);
            return new PassMeasurement(peakLiveBytes, sampler.finish());
        }
    }

    @Override
    public long time() {
        return ThreadedPass.run(program, runner, progress);
    }

    @Override
    public void freeLive() {
        ThreadedPass.freeLive(program, runner);
    }
}
