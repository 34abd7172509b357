"""Surface forms to canonical values."""
