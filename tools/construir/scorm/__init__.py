"""The cases of practice as a SCORM 1.2 package."""
