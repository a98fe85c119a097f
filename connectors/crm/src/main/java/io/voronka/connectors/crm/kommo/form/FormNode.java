package io.voronka.connectors.crm.kommo.form;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * One name of a bracketed form: a text, children in the order of their first arrival, or both.
 *
 * <p>A vendor's body never gives both to one name; a broken one may, and then neither is lost.
 */
public final class FormNode {
  /**
   * From here on a linear search over the children costs more than a hash, also against hostile
   * bodies. A usual lead stays below it.
   */
  private static final int LINEAR_LIMIT = 24;

  private static final Comparator<FormNode> BY_NUMBER = FormNode::compareNumbers;

  private static final FormNode[] NONE = new FormNode[0];

  private final String name;
  private String text;
  private FormNode[] children = NONE;
  private int size;
  private Map<String, FormNode> byName;
  private int nextIndex;

  FormNode(String name) {
    this.name = name;
  }

  /** Last name of the key; empty for the root and for {@code a[][b]}. */
  public String name() {
    return name;
  }

  /** Decoded value, null when the name only has children. Where a key came twice, the last one. */
  public String text() {
    return text;
  }

  /** Text of a child, null when there is no such child or it has none. */
  public String text(String child) {
    FormNode node = child(child);
    return node == null ? null : node.text;
  }

  /** Child of that name or null. */
  public FormNode child(String childName) {
    if (byName != null) {
      return byName.get(childName);
    }
    for (int i = 0; i < size; i++) {
      if (children[i].name.equals(childName)) {
        return children[i];
      }
    }
    return null;
  }

  /** Descendant under these names or null. */
  public FormNode descend(String... names) {
    FormNode node = this;
    for (int i = 0; i < names.length && node != null; i++) {
      node = node.child(names[i]);
    }
    return node;
  }

  public int size() {
    return size;
  }

  /** Child by position in order of arrival, 0 to {@link #size()} - 1. */
  public FormNode childAt(int position) {
    return children[position];
  }

  /**
   * Puts numbered children into the order of their numbers, behind all others: where a sender has
   * mixed its pairs, what is a list to the vendor still is the same list.
   */
  public void orderByNumber() {
    for (int i = 1; i < size; i++) {
      if (BY_NUMBER.compare(children[i - 1], children[i]) > 0) {
        Arrays.sort(children, 0, size, BY_NUMBER);
        return;
      }
    }
  }

  private static int compareNumbers(FormNode one, FormNode other) {
    if (!one.isIndex() || !other.isIndex()) {
      return Boolean.compare(one.isIndex(), other.isIndex());
    }
    int digits = Integer.compare(one.name.length(), other.name.length());
    return digits != 0 ? digits : one.name.compareTo(other.name);
  }

  /** True for decimal names and for the empty one of {@code a[][b]}. */
  public boolean isIndex() {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }

  void setText(String value) {
    text = value;
  }

  FormNode childOrNew(String childName) {
    FormNode known = child(childName);
    return known != null ? known : append(new FormNode(childName));
  }

  /** What {@code a[]=x} means: a new child under the next free number. */
  FormNode appendNext() {
    while (child(Integer.toString(nextIndex)) != null) {
      nextIndex++;
    }
    return append(new FormNode(Integer.toString(nextIndex++)));
  }

  private FormNode append(FormNode child) {
    if (size == children.length) {
      FormNode[] larger = new FormNode[size == 0 ? 4 : size * 2];
      System.arraycopy(children, 0, larger, 0, size);
      children = larger;
    }
    children[size++] = child;
    if (byName != null) {
      byName.put(child.name, child);
    } else if (size > LINEAR_LIMIT) {
      byName = new HashMap<>(64);
      for (int i = 0; i < size; i++) {
        byName.put(children[i].name, children[i]);
      }
    }
    return child;
  }
}
