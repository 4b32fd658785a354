/** Works something out once for each object, however often it is asked for, and forgets it along with the object. */
export function remembered<Key extends object, Answer>(workOut: (key: Key) => Answer): (key: Key) => Answer {
  const known = new WeakMap<Key, { readonly answer: Answer }>();
  return (key) => {
    let before = known.get(key);
    if (!before) {
      before = { answer: workOut(key) };
      known.set(key, before);
    }
    return before.answer;
  };
}
