/** Works something out once for each object, however often it is asked for, and forgets it along with the object. */
export function remembered<Key extends object, Answer extends object | string | boolean>(
  workOut: (key: Key) => Answer,
): (key: Key) => Answer {
  const known = new WeakMap<Key, Answer>();
  return (key) => {
    let answer = known.get(key);
    if (answer === undefined) {
      answer = workOut(key);
      known.set(key, answer);
    }
    return answer;
  };
}
