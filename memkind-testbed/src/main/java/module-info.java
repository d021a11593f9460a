/** What runs in the testbed's virtual machines: whether each kind's memory is where it should be. */
module io.memkind.testbed {
    requires io.memkind;
    requires static org.jspecify;
}
