// Numbers as authors write them, compared by their digits: as floats of the browser, long ones that differ would be the same.

/**
 * Below zero where the first is less, above it where it is more, and zero where they are equal, however they are written.
 *
 * @param {string} one an optional sign, digits, and perhaps a full stop with digits behind it
 * @param {string} other
 */
export function compare(one, other) {
  const places = Math.max(decimals(one).length, decimals(other).length);
  const [first, second] = [one, other].map((text) => BigInt(text.replace(".", "") + "0".repeat(places - decimals(text).length)));
  return first < second ? -1 : Number(first > second);
}

/** @param {string} text */
const decimals = (text) => text.split(".")[1] ?? "";
