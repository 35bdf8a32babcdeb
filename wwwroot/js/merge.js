// Brings two versions of the same texts together, given what both started from. Nothing anybody wrote is dropped:
// where both sides changed the same text, the newer one stands first and the other follows.

/** @returns {{texts: Object<string,string>, both: string[]}} the merged texts and the names where both sides had changed */
export function merge(base, mine, theirs, isChoice = () => false) {
  const texts = {}, both = [];
  for (const name of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const [was, here, there] = [base[name] ?? "", mine[name] ?? "", theirs[name] ?? ""];
    if (here === there || here === was || there.includes(here)) texts[name] = there;
    else if (there === was || here.includes(there)) texts[name] = here;
    else {
      both.push(name);
      texts[name] = isChoice(name) ? here : `${there}\n\n${here}`;
    }
  }
  return { texts, both };
}
