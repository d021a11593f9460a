package io.memkind.internal.jfr;

import io.memkind.internal.heap.HeapEvents;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/**
 * Watches the recordings of this process, and has the heaps observed for as long as one of them asks for an event.
 *
 * <p>Looks when a recording starts or stops. A change of settings in the midst of a recording is seen at the next such time.
 */
public final class FlightRecorderSwitch implements FlightRecorderListener {
    /* Apart, since Flight Recorder rewrites the class of an event when it is loaded: that takes a fifth of a second. */
    private static final class Events {
        static final List<Class<? extends Event>> CLASSES = List.of(
                AllocationSampleEvent.class,
                ExtentMapEvent.class,
                ExtentUnmapEvent.class,
                PurgeEvent.class,
                KindExhaustedEvent.class,
                MigrationEvent.class);
    }

    private final Consumer<@Nullable Function<String, HeapEvents>> observe;
    private volatile List<EventType> types = List.of();
    /* Guarded by this. */
    private boolean observing;
    private boolean sampling;

    private FlightRecorderSwitch(Consumer<@Nullable Function<String, HeapEvents>> observe) {
        this.observe = observe;
    }

    /**
     * Begins to watch; at once, if Flight Recorder is in use already. Takes about a millisecond, and does not initialise
     * Flight Recorder.
     *
     * @param observe is given what makes the observer of a kind from its name, or null when nobody is to observe
     */
    public static void follow(Consumer<@Nullable Function<String, HeapEvents>> observe) {
        FlightRecorder.addListener(new FlightRecorderSwitch(observe));
    }

    @Override
    public void recorderInitialized(FlightRecorder recorder) {
        Events.CLASSES.forEach(FlightRecorder::register);
        types = Events.CLASSES.stream().map(EventType::getEventType).toList();
        look();
    }

    @Override
    public void recordingStateChanged(Recording recording) {
        look();
    }

    /* Takes no lock of Flight Recorder, whose threads may wait for this one. */
    private synchronized void look() {
        boolean any = types.stream().anyMatch(EventType::isEnabled);
        boolean samples = any && types.get(0).isEnabled(); // the one that costs the fast path
        if (any != observing || samples != sampling) {
            observing = any;
            sampling = samples;
            Migrations.observe(any ? MigrationEvent::commit : null);
            observe.accept(any ? name -> new KindRecorder(name, samples) : null);
        }
    }
}
