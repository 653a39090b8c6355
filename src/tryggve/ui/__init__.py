"""The shells of all pages: page frames, components, menu, error pages, languages, and what every answer says
to the browser about safety. Domains fill them; this room has no page of its own."""
