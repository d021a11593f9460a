package io.memkind.settings;

/** Where a value is from. */
public enum SettingOrigin {
    /** A system property, such as {@code -Dio.memkind.debug=1}. */
    PROPERTY,
    /** An environment variable. */
    VARIABLE,
    /** Nobody gave one. */
    DEFAULT
}
