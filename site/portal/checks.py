"""Start-up checks of the project: what must hold before anything is served."""
