// How the workers of an explained server and its main thread find each other.

/** Where workers tell what they observe. */
export const channelName = "maru.explain";
/** Under which the memory of the chosen is given to every worker. */
export const chosenKey = "maru.explain.chosen";
