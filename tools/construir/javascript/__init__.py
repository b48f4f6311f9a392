"""Third-party JavaScript, bundled."""
