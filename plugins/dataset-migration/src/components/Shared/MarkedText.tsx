/** A sentence in which what stands between backquotes is code. */
export function MarkedText(props: { text: string }) {
  return (
    <>
      {props.text
        .split('`')
        .map((part, index) =>
          index % 2 === 1 ? <code key={index}>{part}</code> : part,
        )}
    </>
  );
}
