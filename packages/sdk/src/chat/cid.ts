// Ids for what is sent: what makes a command that is repeated after a lost connection count once.
// They ascend, because the server keeps them in order: near ones together cost it several times
// less than random ones. They can't be guessed, because what they begin with is random.

/** 128 bits: 22 characters of base64url. */
const prefixBytes = 16;
/** 36⁹ ids of one client: more than it can send. */
const counterDigits = 9;

/** Makes the ids of one client, each above the one before: 32 characters. */
export function createCids(): () => string {
  const prefix = base64url(crypto.getRandomValues(new Uint8Array(prefixBytes)));
  let last = 0;
  return () => {
    last += 1;
    return `${prefix}-${last.toString(36).padStart(counterDigits, "0")}`;
  };
}

/** As every runtime can, a browser too. */
function base64url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
