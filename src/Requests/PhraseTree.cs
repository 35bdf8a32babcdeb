namespace PracticeApp.Requests;

/// <summary>All phrases of a language in one tree, so that what they share is compared once.</summary>
internal sealed class PhraseTree
{
    readonly Node root = new(null);
    readonly Dictionary<string, Element> elements = [];

    /// <summary>Every word that stands in a phrase by itself.</summary>
    public IEnumerable<string> Literals => elements.Values.SelectMany(e => e.Literals);

    /// <summary>Every beginning that words are known by.</summary>
    public IEnumerable<string> Beginnings => elements.Values.SelectMany(e => e.Starts);

    /// <summary>Adds one way of saying, as its parts.</summary>
    public void Add(int signal, string[] parts, Func<string, int> classOf)
    {
        var node = root;
        foreach (var part in parts)
        {
            if (!elements.TryGetValue(part, out var element)) elements[part] = element = Element.Parse(part, classOf);
            node = node.Child(part, element);
        }
        if (!node.Signals.Contains(signal)) node.Signals.Add(signal);
    }

    public void Close() => root.Close();

    /// <summary>Finds every phrase that begins at a word.</summary>
    public void FindAt(MarkedText text, int at, Action<Hit> found) => new Walk(text, at, found).From(root, at, -1);

    /// <summary>One search from one place.</summary>
    readonly struct Walk(MarkedText text, int start, Action<Hit> found)
    {
        public void From(Node node, int at, int complement)
        {
            if (at > start)
                foreach (var signal in node.Signals) found(new Hit(signal, start, at, complement < 0 ? at : complement));
            foreach (var child in node.Open) Open(child, at, complement);
            if (at >= text.Count) return;
            Words(node, at, complement);
            if (at > start && text.SkipPause(at) is var past && past > at) Words(node, past, complement);
        }

        void Words(Node node, int at, int complement)
        {
            if (node.ByWord.TryGetValue(text[at].Text, out var named))
                foreach (var child in named) Step(child, at, complement);
            foreach (var (name, children) in node.ByClass)
                if (text.ClassLength(at, name) > 0)
                    foreach (var child in children) Step(child, at, complement);
            foreach (var child in node.Unlisted) Step(child, at, complement);
        }

        void Step(Node child, int at, int complement)
        {
            if (child.Element!.LengthAt(text, at) is > 0 and var length) From(child, at + length, complement);
        }

        void Open(Node child, int at, int complement)
        {
            var element = child.Element!;
            switch (element.Kind)
            {
                case ElementKind.Start when text.OpensSentence(at):
                case ElementKind.End when text.ClosesSentence(at):
                case ElementKind.Word when text.ClosesSentence(at):
                case ElementKind.Not when element.LengthAt(text, text.SkipPause(at)) == 0:
                    From(child, at, complement);
                    break;
                case ElementKind.Complement:
                    From(child, at, at);
                    break;
                case ElementKind.Gap:
                    for (var i = 0; i <= element.Gap; i++, at++)
                    {
                        From(child, at, complement);
                        at = text.SkipPause(at);
                        if (!text.IsWord(at)) break;
                    }
                    break;
            }
        }
    }

    sealed class Node(Element? element)
    {
        readonly Dictionary<string, Node> children = [];

        public Element? Element { get; } = element;

        public List<int> Signals { get; } = [];

        /// <summary>Children that do not take a word of their own: gaps, ends, conditions.</summary>
        public Node[] Open { get; private set; } = [];

        public Dictionary<string, Node[]> ByWord { get; private set; } = [];

        public (int Class, Node[] Children)[] ByClass { get; private set; } = [];

        public Node[] Unlisted { get; private set; } = [];

        public Node Child(string part, Element its) =>
            children.TryGetValue(part, out var child) ? child : children[part] = new Node(its);

        public void Close()
        {
            if (children.Count == 0) return;
            var words = children.Values.Where(c => c.Element!.Kind == ElementKind.Word).ToList();
            Open = [.. children.Values.Where(c => c.Element!.Kind != ElementKind.Word || c.Element.MayEnd)];
            Unlisted = [.. words.Where(c => !c.Element!.IsListed)];
            words.RemoveAll(c => !c.Element!.IsListed);
            ByWord = Group<string>(words, e => [.. e.Literals, .. e.Marks]);
            ByClass = [.. Group(words, e => e.Classes).Select(g => (g.Key, g.Value))];
            foreach (var child in children.Values) child.Close();
        }

        static Dictionary<T, Node[]> Group<T>(List<Node> nodes, Func<Element, IEnumerable<T>> keys) where T : notnull
        {
            var groups = new Dictionary<T, Node[]>();
            foreach (var node in nodes)
                foreach (var key in keys(node.Element!))
                    groups[key] = groups.TryGetValue(key, out var others) ? [.. others, node] : [node];
            return groups;
        }
    }
}
