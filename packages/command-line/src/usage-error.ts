// What is wrong with words that commander took: two flags that exclude each other, say.

/** The command line asks for something that can't be; the message is for the person who typed it. */
export class UsageError extends Error {}
