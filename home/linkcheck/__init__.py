"""Whether links to other sites still lead anywhere: asked at night, a few at a time, and reported."""
