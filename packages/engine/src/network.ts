import { UNKNOWN, answerOf } from './answer.ts';
import { isInNetwork, parseAddress, parseNetwork } from './rows/network.ts';
import type { Operator } from './rows/operator.ts';
import { anyValue } from './rows/prepare.ts';

const inNetwork = anyValue((value) => {
  const network = parseNetwork(value);
  if (!network) return undefined;
  return (actual) => {
    const address = parseAddress(actual);
    return address ? answerOf(isInNetwork(address, network)) : UNKNOWN;
  };
});

/** The row that looks an IP address up in networks in CIDR notation, IPv4 and IPv6. */
export const networkRows = {
  operators: {
    in_network: { label: 'is in the network', values: 'network', prepare: inNetwork },
  } satisfies Record<string, Operator>,
  hashes: {},
};
