"""Hold the built-in profiles, one TOML file each."""
