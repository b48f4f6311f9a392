"""«Mis borradores»: the drafts that the device keeps."""
