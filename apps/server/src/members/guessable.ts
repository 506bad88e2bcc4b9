import { refuseMistakes } from '../changes/mistakes.ts';

/** What people choose most and guessers try first, of those that are long enough otherwise. */
const common: ReadonlySet<string> = new Set(
  `password password1 password12 password123 password1234 passw0rd p@ssword p@ssw0rd pa55word
  12345678 123456789 1234567890 12345678910 0123456789 87654321 987654321 0987654321 11111111 111111111 1111111111 00000000
  22222222 66666666 77777777 88888888 99999999 12341234 11223344 12121212 12344321 123123123 123454321 147258369 987654321
  1q2w3e4r 1q2w3e4r5t 1qaz2wsx q1w2e3r4 q1w2e3r4t5 qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 asdfghjk
  asdfghjkl asdfasdf zxcvbnm1 zaq12wsx qazwsxedc abcdefgh abcd1234 abc12345 abc123456 a1b2c3d4 aa123456 a1234567 a12345678
  1234qwer 123qweasd 123456aa 123456qq 12345qwert iloveyou iloveyou1 sunshine princess football baseball basketball superman
  batman123 starwars whatever trustno1 letmein1 letmein123 welcome1 welcome123 changeme changeme1 changeme123 default1 secret12
  secret123 admin123 admin1234 adminadmin administrator rootroot testtest test1234 testing1 guest123 michelle jennifer
  jonathan computer internet mustang1 corvette liverpool chelsea1 samantha victoria alexander charlie1 danielle dragon12
  dragon123 monkey12 monkey123 shadow12 master12 master123 hello123 flower12 freedom1 computer1 michael1 jordan23 elizabeth
  taffrail taffrail1 taffrail123`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Refuses a new password that is guessed at once: a common one, or the person's own address. Capitals help nobody. */
export function refuseGuessable(password: string, email: string): void {
  const plain = password.normalize('NFKC').toLowerCase();
  const address = email.toLowerCase();
  const own = [address, address.slice(0, address.indexOf('@'))];
  const why = common.has(plain)
    ? 'is one that many people choose, so it is guessed first'
    : own.includes(plain) || isOneCharacter(plain)
      ? 'is guessed at once'
      : undefined;
  if (why !== undefined)
    refuseMistakes([{ at: '/body/password', message: `${why}: choose another, such as four words of your own` }]);
}

const isOneCharacter = (text: string): boolean => new Set(text).size === 1;
