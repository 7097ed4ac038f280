import { z } from "zod";

/** Text of one line, also none. It is printed: what a terminal or a log would obey has no place in it. */
export const printableText = z
  .string()
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u, "a text has no control characters");

/** The same with something in it. */
export const plainText = printableText.min(1);
