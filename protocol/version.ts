/** The contract's version. It grows when a client written against an older one would go wrong. */
export const protocolVersion = 1;
