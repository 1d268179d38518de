"""A folder from which the lab is installed offline: for whom (`targets`), what (`wheels`, `own`), and how (`text`)."""
